using System.ComponentModel.DataAnnotations;

using Microsoft.Extensions.Options;

namespace KpGrpc.Gateway.Downstream.Balancing;

/// <summary>When a server behind the Gateway leaves the rotation and comes back, and how often a read is tried. Section <c>Gateway:Downstream</c>.</summary>
public sealed class ResilienceOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string SectionName = "Gateway:Downstream";

    /// <summary>Calls in a row that a server has to fail to leave the rotation. Range 1 to 1,000, default 5. What a server says with details (such as RetryInfo) is an answer and no failure.</summary>
    [Range(1, 1_000)]
    public int FailuresMax { get; set; } = 5;

    /// <summary>How long a server that left stays out at first; doubled each time it leaves again soon. Range 10 ms to 1 min, default 500 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan EjectionFirst { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How long a server stays out at most before it is asked whether it is well. Range 10 ms to 10 min, default 3 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:10:00")]
    public TimeSpan EjectionMax { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>How long a server with calls in hand may be silent before it is asked whether it is well. Range 50 ms to 1 min, default 1 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:01:00")]
    public TimeSpan SilenceMax { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Longest wait for the answer to that question. Range 10 ms to 1 min, default 1 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan ProbeTimeout { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>A server that takes so many times as long as the fastest one leaves the rotation. Range 2 to 1,000, default 5. Of servers that only are slow, one always stays.</summary>
    [Range(2.0, 1_000.0)]
    public double SlowFactor { get; set; } = 5;

    /// <summary>Mean time to answer below which nobody is slow. Range 1 ms to 1 min, default 200 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:01:00")]
    public TimeSpan SlowMin { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>How often names of <c>dns://</c> addresses are looked up. Range 1 s to 1 h, default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan DnsRefresh { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Share of calls that may be made again, retries and hedges together. Range 0 (none) to 1, default 0.2.</summary>
    [Range(0.0, 1.0)]
    public double RetryShare { get; set; } = 0.2;

    /// <summary>Calls made again that may be saved up, and that there are at the start. Range 1 to 10,000, default 20.</summary>
    [Range(1, 10_000)]
    public int RetriesSavedMax { get; set; } = 20;

    /// <summary>How long a read may be unanswered before it is asked a second time elsewhere. Range 0 (never) to 1 min, default 0.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan HedgeAfter { get; set; } = TimeSpan.Zero;
}

/// <summary>Source-generated check of <see cref="ResilienceOptions"/>.</summary>
[OptionsValidator]
internal sealed partial class ResilienceOptionsValidator : IValidateOptions<ResilienceOptions>;
