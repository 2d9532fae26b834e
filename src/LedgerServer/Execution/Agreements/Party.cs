using KpGrpc.LedgerServer.Execution.Membership;

namespace KpGrpc.LedgerServer.Execution.Agreements;

/// <summary>One party's share, as <c>kp.agreement.v1.Party</c>.</summary>
internal sealed record Party
{
    /// <summary>The party.</summary>
    public required string OrganizationId { get; init; }

    /// <summary>Role in which it is paid: producer, platform, technology or operator.</summary>
    public required Role Role { get; init; }

    /// <summary>Its share, parts per million, 0 to 1,000,000.</summary>
    public required uint Ppm { get; init; }

    /// <summary>Most that it gets of one divided amount; null for no cap.</summary>
    public Money? CapPerSale { get; init; }

    /// <summary>Least that it gets of one divided amount, at most the cap; null for none.</summary>
    public Money? FloorPerSale { get; init; }

    /// <summary>Least that it gets in a settlement period; null for none.</summary>
    public Money? MinimumGuarantee { get; init; }

    /// <summary>Another party, which pays the gap up to the guarantee; empty without one.</summary>
    public string GuarantorOrganizationId { get; init; } = "";

    /// <summary>Account that is credited; empty means the party's revenue account of the currency.</summary>
    public string AccountId { get; init; } = "";
}
