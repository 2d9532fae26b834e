namespace KpGrpc.LedgerServer.Execution.Transfers.Batches;

/// <summary>Makes many transfers under one signature and one receipt, each with its own outcome.</summary>
internal sealed record TransferBatch : CommandBody
{
    /// <inheritdoc/>
    public override CommandKind Kind => CommandKind.TransferBatch;

    /// <summary>ISO 4217 code, that of all accounts.</summary>
    public required string CurrencyCode { get; init; }

    /// <summary>Its exponent; must equal the declaration.</summary>
    public required uint Exponent { get; init; }

    /// <summary>Accounts that the entries name, each once, 2 to 2,048.</summary>
    public required IReadOnlyList<string> AccountIds { get; init; }

    /// <summary>1 to 1,024 transfers, executed in this order.</summary>
    public required ReadOnlyMemory<TransferEntry> Entries { get; init; }
}
