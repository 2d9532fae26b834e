using System.Numerics;

namespace KpGrpc.LedgerServer.Tests.Execution.Model.Payments;

internal sealed class ModelHold
{
    public required string Id { get; init; }

    public required ModelAccount From { get; init; }

    public required ModelAccount To { get; init; }

    public required BigInteger Amount { get; init; }

    public required long? Expires { get; init; }

    public required string Placer { get; init; }

    public BigInteger Captured { get; set; }

    /// <summary>As receipts tell it: a hold that ran out stays open until one does.</summary>
    public string Status { get; set; } = "Open";

    public BigInteger Remaining => Status == "Open" ? Amount - Captured : 0;

    public bool IsOver(long now) => Expires <= now;
}
