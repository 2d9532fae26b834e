namespace KpGrpc.LedgerServer.Execution.Membership;

/// <summary>Sets of roles that several kinds of command ask for.</summary>
internal static class RoleGroups
{
    /// <summary>Every role: what concerns a member's own keys.</summary>
    public static readonly RoleSet All = RoleSet.Of(
        Role.Producer, Role.Platform, Role.Technology, Role.Operator, Role.PaymentProvider, Role.Auditor, Role.Regulator);

    /// <summary>Those who trade; auditors and regulators read only.</summary>
    public static readonly RoleSet Trading =
        RoleSet.Of(Role.Producer, Role.Platform, Role.Technology, Role.Operator, Role.PaymentProvider);

    /// <summary>Those who trade, and regulators, who may end what others began.</summary>
    public static readonly RoleSet TradingOrRegulator = RoleSet.Of(
        Role.Producer, Role.Platform, Role.Technology, Role.Operator, Role.PaymentProvider, Role.Regulator);

    /// <summary>Those who can be paid by an agreement.</summary>
    public static readonly RoleSet Paid = RoleSet.Of(Role.Producer, Role.Platform, Role.Technology, Role.Operator);

    /// <summary>Those who can be approvers.</summary>
    public static readonly RoleSet Approvers = RoleSet.Of(Role.Operator, Role.Regulator);
}
