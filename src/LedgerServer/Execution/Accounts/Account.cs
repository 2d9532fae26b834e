namespace KpGrpc.LedgerServer.Execution.Accounts;

/// <summary>An account's fixed facts; its totals and postings are kept by the account table.</summary>
internal sealed record Account
{
    /// <summary>Its id, unique on the ledger.</summary>
    public required string AccountId { get; init; }

    /// <summary>Who owns it.</summary>
    public required AccountOwner Owner { get; init; }

    /// <summary>What it is for.</summary>
    public required AccountKind Kind { get; init; }

    /// <summary>ISO 4217 code; fixed for ever.</summary>
    public required string CurrencyCode { get; init; }

    /// <summary>Decimal digits behind the point.</summary>
    public required uint Exponent { get; init; }

    /// <summary>Its limits.</summary>
    public required AccountLimits Limits { get; init; }

    /// <summary>Sequence of its opening.</summary>
    public required ulong OpenedAtSequence { get; init; }

    /// <summary>Organisation whose command opened it.</summary>
    public required string OpenedByOrganizationId { get; init; }
}
