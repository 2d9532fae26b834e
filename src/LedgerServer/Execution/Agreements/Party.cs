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

    /// <summary>Whether a cap, floor, minimum guarantee or guarantor came with it; not served by this engine.</summary>
    public bool HasLimits { get; init; }

    /// <summary>Account that is credited; empty means the party's revenue account of the currency.</summary>
    public string AccountId { get; init; } = "";
}
