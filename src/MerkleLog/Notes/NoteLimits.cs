namespace KpGrpc.MerkleLog.Notes;

/// <summary>Bounds on notes, applied when reading and when making one.</summary>
public static class NoteLimits
{
    /// <summary>Longest note in bytes; the same as golang.org/x/mod/sumdb/note.</summary>
    public const int MaxBytes = 1_000_000;

    /// <summary>Most signatures in a note; c2sp.org/signed-note demands that at least 16 are accepted.</summary>
    public const int MaxSignatures = 100;
}
