namespace KpGrpc.LedgerServer.Execution;

/// <summary>What a command asks for: one sealed record a kind, in the folder of the part of the ledger it concerns.</summary>
internal abstract record CommandBody
{
    /// <summary>Its kind; the same for every instance of one type.</summary>
    public abstract CommandKind Kind { get; }
}
