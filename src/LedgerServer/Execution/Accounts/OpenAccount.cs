namespace KpGrpc.LedgerServer.Execution.Accounts;

/// <summary>Opens an account. By its organisation, or by a platform or payment provider for a learner's wallet.</summary>
internal sealed record OpenAccount : CommandBody
{
    /// <inheritdoc/>
    public override CommandKind Kind => CommandKind.OpenAccount;

    /// <summary>Id of the account, unique on the ledger.</summary>
    public required string AccountId { get; init; }

    /// <summary>Who owns it.</summary>
    public required AccountOwner Owner { get; init; }

    /// <summary>What it is for.</summary>
    public required AccountKind AccountKind { get; init; }

    /// <summary>ISO 4217 code of a declared currency.</summary>
    public required string CurrencyCode { get; init; }

    /// <summary>Its exponent; must equal the declaration.</summary>
    public required uint Exponent { get; init; }

    /// <summary>Its limits; the default is no overdraft and no highest balance.</summary>
    public AccountLimits Limits { get; init; }
}
