namespace KpGrpc.Client.Transfers;

/// <summary>Currency and bounds of a <see cref="TransferBatcher"/>.</summary>
public sealed class TransferBatcherOptions
{
    /// <summary>ISO 4217 code of a currency that the ledger has declared; that of all accounts.</summary>
    public required string CurrencyCode { get; init; }

    /// <summary>Its exponent as declared, 0 to 8.</summary>
    public required uint Exponent { get; init; }

    /// <summary>Transfers that wait to be sent, 1 or more; default 65,536. A caller that comes when they are full waits for a place.</summary>
    public int QueueMax { get; init; } = 65_536;

    /// <summary>Most transfers of one command, 1 to 1,024 (the contract's bound and the default).</summary>
    public int TransfersPerCommandMax { get; init; } = TransferBatchEncoder.EntriesMax;

    /// <summary>Most commands of one call, 1 to 32; default 8. All of them stand under one signature.</summary>
    public int CommandsPerCallMax { get; init; } = 8;

    /// <summary>Most calls under way, 1 to 64; default 3.</summary>
    public int CallsMax { get; init; } = 3;

    /// <summary>
    /// Waiting transfers that are worth a further call beside a running one, 1 or more; default 256. Fewer than that wait for
    /// a running call to end, so that many callers make few large calls. An idle batcher sends a single transfer at once.
    /// </summary>
    public int BesideMin { get; init; } = 256;

    /// <summary>True asks for each receipt's inclusion path, so that <see cref="TransferReceipt.Verify"/> needs nobody. Default false.</summary>
    public bool IncludeProof { get; init; }

    /// <summary>
    /// True runs the callers of one answer one after another on the thread that read it: the fastest way, for callers that
    /// never block a thread. Default false: each continues on the thread pool by itself.
    /// </summary>
    public bool ContinueInline { get; init; }

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="ArgumentException">A value is outside its range.</exception>
    internal void Validate()
    {
        ArgumentException.ThrowIfNullOrEmpty(CurrencyCode);
        Require(Exponent is <= 8, nameof(Exponent));
        Require(QueueMax >= 1, nameof(QueueMax));
        Require(TransfersPerCommandMax is >= 1 and <= TransferBatchEncoder.EntriesMax, nameof(TransfersPerCommandMax));
        Require(CommandsPerCallMax is >= 1 and <= 32, nameof(CommandsPerCallMax));
        Require(CallsMax is >= 1 and <= 64, nameof(CallsMax));
        Require(BesideMin >= 1, nameof(BesideMin));
    }

    private static void Require(bool holds, string name)
    {
        if (!holds)
        {
            throw new ArgumentOutOfRangeException(name, "is outside its documented range");
        }
    }
}
