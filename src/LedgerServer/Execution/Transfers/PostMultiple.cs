namespace KpGrpc.LedgerServer.Execution.Transfers;

/// <summary>Posts several lines at once, all or none.</summary>
internal sealed record PostMultiple : CommandBody
{
    /// <inheritdoc/>
    public override CommandKind Kind => CommandKind.PostMultiple;

    /// <summary>2 to 256 lines whose debits and credits are equal per currency.</summary>
    public required IReadOnlyList<PostingLine> Lines { get; init; }

    /// <summary>What it is, an id; empty for none.</summary>
    public string DescriptionCode { get; init; } = "";
}
