namespace KpGrpc.LedgerServer.Execution.Transfers;

/// <summary>Brings money in: debits a clearing account, credits another. By the payment provider that owns the former.</summary>
internal sealed record Deposit : CommandBody
{
    /// <inheritdoc/>
    public override CommandKind Kind => CommandKind.Deposit;

    /// <summary>The provider's clearing account.</summary>
    public required string ClearingAccountId { get; init; }

    /// <summary>Account that is credited.</summary>
    public required string AccountId { get; init; }

    /// <summary>How much, 1 to 2^63-1 minor units.</summary>
    public required Money Amount { get; init; }

    /// <summary>The provider's reference, an id, unique by provider.</summary>
    public required string ExternalReference { get; init; }
}
