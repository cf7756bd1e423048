//! The steps of the protocol by name: the code announces each before it takes it, and the model in the tests moves by
//! the same names, so that a story of one can be told in the words of the other.

/// A step of a desk in the protocol of turns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// Lists the folder: highest publication, highest turn.
    Look,
    /// Creates the next turn.
    Begin,
    /// Commits the rows.
    Write,
    /// Creates the end of its own turn.
    End,
    /// Writes into the end that it created.
    EndWrite,
    /// Creates the end of a turn that stood still.
    Take,
    /// Writes into the end that it created.
    TakeWrite,
    /// Takes the next turn after an end that stayed empty, only to build.
    Tomb,
    /// Takes the next turn after a released end, or the first, only to rebuild the file: nobody writes to it any more.
    Retire,
    /// Reads a dead file and builds the next.
    Build,
    /// Creates the publication of the next file.
    Publish,
    /// Writes into the publication that it created.
    PublishWrite,
    /// Takes turn 0 of a file whose publication stayed empty.
    Skip,
}
