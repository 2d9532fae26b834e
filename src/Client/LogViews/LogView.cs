using KpGrpc.MerkleLog.Checkpoints;
using KpGrpc.MerkleLog.Hashing;
using KpGrpc.MerkleLog.Proofs;
using KpGrpc.MerkleLog.Verification;

namespace KpGrpc.Client.LogViews;

/// <summary>
/// The greatest checkpoint of a log that was ever believed, kept in a file. It moves on only to a tree that provably
/// contains the last one, so that a log which forgets, changes or shows different people different entries is found out.
/// The first checkpoint is believed for its signatures alone. Asks nobody; <see cref="LogFollower"/> does. One process may
/// have a file open at a time. Thread-safe.
/// </summary>
public sealed class LogView : IDisposable
{
    private readonly Lock gate = new();
    private readonly LogViewFile file;

    private LogView(TrustPolicy policy, LogViewFile file, SignedCheckpoint? newest) => (Policy, this.file, Newest) = (policy, file, newest);

    /// <summary>Whom the view believes.</summary>
    public TrustPolicy Policy { get; }

    /// <summary>The greatest checkpoint so far; null before the first.</summary>
    public SignedCheckpoint? Newest { get; private set; }

    /// <summary>Opens a view, new where there is no such file. A note that a standard tool saved is one too.</summary>
    /// <param name="path">The file; its folder must exist.</param>
    /// <param name="policy">Whom to believe.</param>
    /// <exception cref="InvalidDataException">The file is no checkpoint of this log: it was damaged or is another's. It is never replaced in silence.</exception>
    /// <exception cref="IOException">The file cannot be read, or another process has it open.</exception>
    public static LogView Open(string path, TrustPolicy policy)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(policy);
        var file = LogViewFile.Lock(path);
        try
        {
            return new LogView(policy, file, file.Read() is { } bytes ? Kept(bytes, path, policy) : null);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Checks a checkpoint against the view, and moves the view on where it is greater.</summary>
    /// <param name="checkpoint">The signed note, UTF-8.</param>
    /// <param name="consistency">Proof between the smaller and the greater of the two trees; empty where their sizes are equal or one is 0.</param>
    /// <exception cref="IOException">The view could not be written; it stays as it was.</exception>
    public LogViewVerdict Take(ReadOnlySpan<byte> checkpoint, ReadOnlySpan<Hash256> consistency)
    {
        lock (gate)
        {
            return TakeFrom(Newest, checkpoint, consistency)!;
        }
    }

    /// <summary>The same where the view still stands where the proof was asked from; null where it has moved on meanwhile.</summary>
    internal LogViewVerdict? TakeFrom(SignedCheckpoint? seen, ReadOnlySpan<byte> checkpoint, ReadOnlySpan<Hash256> consistency)
    {
        lock (gate)
        {
            if (!ReferenceEquals(seen, Newest))
            {
                return null;
            }

            if (!SignedCheckpoint.TryParse(checkpoint, out var shown, out var fault))
            {
                return new LogViewVerdict.Refused(LogViewRefusal.Malformed, fault, seen, null);
            }

            return CheckpointVerifier.Check(shown, Policy) is { } refusal
                ? new LogViewVerdict.Refused(LogViewRefusal.NotTrusted, refusal.Message, Newest, shown)
                : Compare(shown, consistency);
        }
    }

    /// <summary>Lets the file go.</summary>
    public void Dispose() => file.Dispose();

    private static SignedCheckpoint Kept(byte[] bytes, string path, TrustPolicy policy)
    {
        if (!SignedCheckpoint.TryParse(bytes, out var kept, out var fault))
        {
            throw new InvalidDataException($"{path} is not a checkpoint ({fault}); it is what this client has seen of the log, so find out what changed it before you remove it");
        }

        return CheckpointVerifier.Check(kept, policy) is { } refusal
            ? throw new InvalidDataException($"{path} is not a checkpoint of the trusted log {policy.Origin}: {refusal.Message}")
            : kept;
    }

    private LogViewVerdict Compare(SignedCheckpoint shown, ReadOnlySpan<Hash256> consistency)
    {
        var given = shown.Checkpoint;
        if (Newest is not { Checkpoint: var seen })
        {
            // Nothing was seen, which is a prefix of everything.
            return Follows(0, MerkleHasher.EmptyRoot, given.Size, given.Root, []) ? Advance(shown) : NotConsistent(shown);
        }

        if (given.Size == seen.Size)
        {
            return given.Root == seen.Root
                ? new LogViewVerdict.Consistent(Newest, Advanced: false)
                : new LogViewVerdict.Refused(
                    LogViewRefusal.SplitView, $"The log signed two different trees of {seen.Size} entries: keep both notes, they are the evidence.", Newest, shown);
        }

        if (given.Size > seen.Size)
        {
            return Follows(seen.Size, seen.Root, given.Size, given.Root, consistency) ? Advance(shown) : NotConsistent(shown);
        }

        return Follows(given.Size, given.Root, seen.Size, seen.Root, consistency) ? new LogViewVerdict.Consistent(Newest, Advanced: false) : NotConsistent(shown);
    }

    // A tree of 0 entries has one root, and an empty proof of it.
    private static bool Follows(ulong oldSize, Hash256 oldRoot, ulong newSize, Hash256 newRoot, ReadOnlySpan<Hash256> proof) =>
        ProofVerifier.VerifyConsistency(oldSize, newSize, proof, oldRoot, newRoot);

    private LogViewVerdict.Consistent Advance(SignedCheckpoint shown)
    {
        file.Write(shown.ToBytes());
        Newest = shown;
        return new LogViewVerdict.Consistent(shown, Advanced: true);
    }

    private LogViewVerdict.Refused NotConsistent(SignedCheckpoint shown) => new(
        LogViewRefusal.NotConsistent,
        $"No proof shows that the trees of {Newest?.Checkpoint.Size ?? 0} and of {shown.Checkpoint.Size} entries are one log.",
        Newest,
        shown);
}
