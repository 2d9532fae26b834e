namespace KpGrpc.Client.Commands;

/// <summary>Bounds of a <see cref="CommandBatcher"/>.</summary>
public sealed class CommandBatcherOptions
{
    /// <summary>Commands that wait to be sent, 1 or more; default 16,384. A caller that comes when they are full waits for a place.</summary>
    public int QueueMax { get; init; } = 16_384;

    /// <summary>Most commands of one call, 1 to 10,000; default 60, whose answers fit one message for any kind of command.</summary>
    public int CommandsPerCallMax { get; init; } = 60;

    /// <summary>Most payload bytes of one call, 1 to 3 MiB; default 2 MiB. A longer command goes alone.</summary>
    public int BytesPerCallMax { get; init; } = 2 * 1_048_576;

    /// <summary>Most calls under way, 1 to 64; default 4.</summary>
    public int CallsMax { get; init; } = 4;

    /// <summary>Waiting commands that are worth a further call beside a running one, 1 or more; default 16.</summary>
    public int BesideMin { get; init; } = 16;

    /// <summary>True asks for each receipt's inclusion path and tlog-proof. Default false.</summary>
    public bool IncludeProof { get; init; }

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="ArgumentException">A value is outside its range.</exception>
    internal void Validate()
    {
        Require(QueueMax >= 1, nameof(QueueMax));
        Require(CommandsPerCallMax is >= 1 and <= 10_000, nameof(CommandsPerCallMax));
        Require(BytesPerCallMax is >= 1 and <= 3 * 1_048_576, nameof(BytesPerCallMax));
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
