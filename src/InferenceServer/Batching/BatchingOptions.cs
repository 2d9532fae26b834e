using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace KpGrpc.InferenceServer.Batching;

/// <summary>How requests to one model are gathered into batches (section <c>Batching</c>; <c>Batching:Models:NAME</c> for one model).</summary>
internal sealed class BatchingOptions
{
    /// <summary>The section's name in configuration.</summary>
    public const string SectionName = "Batching";

    /// <summary>Rows of a batch. Range 1 to 4,096, default 64.</summary>
    [Range(1, 4_096)]
    public int RowsMax { get; set; } = 64;

    /// <summary>Tokens of a batch, padding included; a longer single request goes alone. Range 1 to 4,194,304, default 8,192.</summary>
    [Range(1, 4_194_304)]
    public int TokensMax { get; set; } = 8_192;

    /// <summary>
    /// Longest wait of a request for company while an instance is idle; requests that come during a run wait for its end.
    /// An instance that expects nothing within it does not wait at all. Range 0 (never wait) to 1 s, default 2 ms.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:01")]
    public TimeSpan QueueDelayMax { get; set; } = TimeSpan.FromMilliseconds(2);

    /// <summary>How much later than it came a bulk request ranks beside interactive ones. Range 0 to 1 min, default 500 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan BulkDelay { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Requests that wait for one instance; those beyond are refused at once. Range 1 to 1,000,000, default 512.</summary>
    [Range(1, 1_000_000)]
    public int QueueMax { get; set; } = 512;

    /// <summary>Share of a batch that may be padding before a request of another length is left for the next. Range 0 to 1, default 0.15.</summary>
    [Range(0.0, 1.0)]
    public double PaddingMax { get; set; } = 0.15;

    /// <summary>
    /// Instances of a version, each with a thread, a queue and its own working memory. Range 0 to 64, default 0: one a core, at
    /// most 4, on a processor, where each computes on one thread (<c>Torch:Threads</c>); one on a GPU.
    /// </summary>
    [Range(0, 64)]
    public int Instances { get; set; }
}

/// <summary>Source-generated check of <see cref="BatchingOptions"/>.</summary>
[OptionsValidator]
internal sealed partial class BatchingOptionsValidator : IValidateOptions<BatchingOptions>;
