namespace KpGrpc.LedgerServer.Execution.Transfers;

/// <summary>Moves money. By the owner of the debited account, or by the platform that opened it for a learner.</summary>
internal sealed record Transfer : CommandBody
{
    /// <inheritdoc/>
    public override CommandKind Kind => CommandKind.Transfer;

    /// <summary>Account that pays.</summary>
    public required string DebitAccountId { get; init; }

    /// <summary>Account that receives.</summary>
    public required string CreditAccountId { get; init; }

    /// <summary>How much, 1 to 2^63-1 minor units.</summary>
    public required Money Amount { get; init; }

    /// <summary>Free number of the submitter; in the command, not in the receipt.</summary>
    public ulong Reference { get; init; }
}
