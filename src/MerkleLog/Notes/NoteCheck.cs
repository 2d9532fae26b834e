namespace KpGrpc.MerkleLog.Notes;

/// <summary>What a note says about one trusted key.</summary>
public enum NoteCheck
{
    /// <summary>No line of the note claims to be by the key.</summary>
    NotSigned = 0,

    /// <summary>A line claims to be by the key and does not verify: the note should be refused as a whole.</summary>
    BadSignature = 1,

    /// <summary>The key signed the note.</summary>
    Verified = 2,
}
