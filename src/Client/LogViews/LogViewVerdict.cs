using KpGrpc.MerkleLog.Checkpoints;

namespace KpGrpc.Client.LogViews;

/// <summary>What a view makes of a checkpoint: <see cref="Consistent"/>, <see cref="Refused"/>, or <see cref="Unknown"/> where nobody answered.</summary>
public abstract record LogViewVerdict
{
    private LogViewVerdict()
    {
    }

    /// <summary>The checkpoint's tree and the view's are one log at two sizes, or at the same.</summary>
    /// <param name="Newest">The greatest checkpoint that the view has now.</param>
    /// <param name="Advanced">True where that is the given one and was not known before; it is on disk then.</param>
    public sealed record Consistent(SignedCheckpoint Newest, bool Advanced) : LogViewVerdict;

    /// <summary>The checkpoint must not be believed, and the view stays as it was.</summary>
    /// <param name="Reason">Why, for programs.</param>
    /// <param name="Message">Why, for people: one English sentence.</param>
    /// <param name="Seen">The view's checkpoint; null where it has none.</param>
    /// <param name="Shown">
    /// The given checkpoint; null where it could not be read. Where both carry the log's signature and cannot both be true
    /// (<see cref="LogViewRefusal.SplitView"/>), the two notes convict the log before anybody who has its key.
    /// </param>
    public sealed record Refused(LogViewRefusal Reason, string Message, SignedCheckpoint? Seen, SignedCheckpoint? Shown) : LogViewVerdict;

    /// <summary>The ledger gave no answer: nothing is known, and the view stays as it was.</summary>
    /// <param name="Reason">Why, for people.</param>
    public sealed record Unknown(string Reason) : LogViewVerdict;
}
