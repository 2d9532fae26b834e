using KpGrpc.LedgerServer.Execution.Holds.Foreign;

namespace KpGrpc.LedgerServer.Execution.Holds;

/// <summary>A hold as it stands, as <c>kp.payment.v1.Hold</c>.</summary>
internal sealed record HoldRecord
{
    /// <summary>Its id, unique on the ledger.</summary>
    public required string HoldId { get; init; }

    /// <summary>Account whose money is reserved.</summary>
    public required string AccountId { get; init; }

    /// <summary>Account that captures credit.</summary>
    public required string DestinationAccountId { get; init; }

    /// <summary>Amount held at first, above 0.</summary>
    public required Money Amount { get; init; }

    /// <summary>Captured so far, minor units, 0 to the amount.</summary>
    public long CapturedMinorUnits { get; init; }

    /// <summary>Where it stands by the receipts; see <see cref="IsOverAt"/>.</summary>
    public required HoldStatus Status { get; init; }

    /// <summary>When it runs out, by the order's time, microseconds since the Unix epoch; null means never.</summary>
    public required long? ExpiresAtMicros { get; init; }

    /// <summary>The other side of a movement between ledgers; else null.</summary>
    public required ForeignLeg? Foreign { get; init; }

    /// <summary>Sequence of its placing.</summary>
    public required ulong PlacedAtSequence { get; init; }

    /// <summary>Who placed it.</summary>
    public required string PlacedByOrganizationId { get; init; }

    /// <summary>Still held; 0 unless open.</summary>
    public Money Remaining => Amount with
    {
        MinorUnits = Status == HoldStatus.Open ? Amount.MinorUnits - CapturedMinorUnits : 0,
    };

    /// <summary>Whether it has run out by the order's time, whether a receipt tells so yet or not.</summary>
    public bool IsOverAt(long nowMicros) => ExpiresAtMicros <= nowMicros;
}
