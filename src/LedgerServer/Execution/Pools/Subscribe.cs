namespace KpGrpc.LedgerServer.Execution.Pools;

/// <summary>Pays for one period of a subscription into a pool. By a platform that the pool admits.</summary>
internal sealed record Subscribe : CommandBody
{
    /// <inheritdoc/>
    public override CommandKind Kind => CommandKind.Subscribe;

    /// <summary>Id of this payment, unique on the ledger.</summary>
    public required string SubscriptionId { get; init; }

    /// <summary>The pool.</summary>
    public required string PoolId { get; init; }

    /// <summary>Subscriber, 64 lower-case hexadecimal characters.</summary>
    public required string LearnerPseudonym { get; init; }

    /// <summary>Account that pays; a wallet of the subscriber or of the submitting platform.</summary>
    public required string PayerAccountId { get; init; }

    /// <summary>How much, above 0, in the pool's currency.</summary>
    public required Money Amount { get; init; }

    /// <summary>Settlement period that it counts in; open.</summary>
    public required string PeriodId { get; init; }
}
