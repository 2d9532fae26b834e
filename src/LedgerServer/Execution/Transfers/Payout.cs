namespace KpGrpc.LedgerServer.Execution.Transfers;

/// <summary>
/// Takes money out: debits an account, credits a payment provider's clearing account. By the owner, or by the provider
/// against a hold of the owner's for that clearing account.
/// </summary>
internal sealed record Payout : CommandBody
{
    /// <inheritdoc/>
    public override CommandKind Kind => CommandKind.Payout;

    /// <summary>Account that is debited.</summary>
    public required string AccountId { get; init; }

    /// <summary>A payment provider's clearing account.</summary>
    public required string ClearingAccountId { get; init; }

    /// <summary>How much, 1 to 2^63-1 minor units.</summary>
    public required Money Amount { get; init; }

    /// <summary>Reference for the provider, an id, unique by provider among payouts.</summary>
    public required string ExternalReference { get; init; }
}
