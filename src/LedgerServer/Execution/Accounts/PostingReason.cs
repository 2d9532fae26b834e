namespace KpGrpc.LedgerServer.Execution.Accounts;

/// <summary>
/// Why a posting was made. The numbers are those of <c>kp.payment.v1.PostingReason</c>.
/// </summary>
internal enum PostingReason
{
    /// <summary>Money came in.</summary>
    Deposit = 1,

    /// <summary>Money went out.</summary>
    Payout = 2,

    /// <summary>A transfer or multi-posting.</summary>
    Transfer = 3,

    /// <summary>A hold was placed, captured, released or ran out.</summary>
    Hold = 4,

    /// <summary>The buyer's payment.</summary>
    PurchaseCharge = 5,

    /// <summary>A party's share of a purchase.</summary>
    PurchaseShare = 6,

    /// <summary>An ancestor's royalty.</summary>
    Royalty = 7,

    /// <summary>A refund.</summary>
    Refund = 8,

    /// <summary>A chargeback.</summary>
    Chargeback = 9,

    /// <summary>Payment into a pool.</summary>
    Subscription = 10,

    /// <summary>A share of a settled pool.</summary>
    PoolShare = 11,

    /// <summary>Advertising revenue.</summary>
    Advertising = 12,

    /// <summary>Referral revenue.</summary>
    Referral = 13,

    /// <summary>The gap up to a minimum guarantee.</summary>
    MinimumGuarantee = 14,

    /// <summary>Into or out of a dispute's escrow.</summary>
    Escrow = 15,

    /// <summary>A movement between two ledgers.</summary>
    CrossLedger = 16,
}
