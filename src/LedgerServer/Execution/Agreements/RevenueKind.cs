namespace KpGrpc.LedgerServer.Execution.Agreements;

/// <summary>
/// Where revenue comes from. The numbers are those of <c>kp.agreement.v1.RevenueKind</c>.
/// </summary>
internal enum RevenueKind
{
    /// <summary>Sale of a licence.</summary>
    Sale = 1,

    /// <summary>A work's part of a subscription pool.</summary>
    Subscription = 2,

    /// <summary>Advertising shown beside a work.</summary>
    Advertising = 3,

    /// <summary>A commission for a referred learner.</summary>
    Referral = 4,
}
