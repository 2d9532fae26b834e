namespace KpGrpc.Client.Ledger;

/// <summary>How a <see cref="LedgerClient"/> waits and tries again.</summary>
public sealed class LedgerClientOptions
{
    /// <summary>Time for one command with all tries. Above 0; default 10 s. When it passes, the outcome is unknown.</summary>
    public TimeSpan Deadline { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Most tries of one command, 1 or more. Default 5.</summary>
    public int TriesMax { get; set; } = 5;

    /// <summary>Longest wait before the second try; it doubles with every try, and the real wait is a random part of it. Default 50 ms.</summary>
    public TimeSpan BackoffFirst { get; set; } = TimeSpan.FromMilliseconds(50);

    /// <summary>Longest wait between two tries. Default 2 s.</summary>
    public TimeSpan BackoffMax { get; set; } = TimeSpan.FromSeconds(2);
}
