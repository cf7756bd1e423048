//! Papers of the county's desk stand as agreed.
