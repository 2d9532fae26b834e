using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace KpGrpc.InferenceServer.Storage;

/// <summary>Where the server keeps what must outlive it (section <c>Storage</c>).</summary>
internal sealed class StorageOptions
{
    /// <summary>The section's name in configuration.</summary>
    public const string SectionName = "Storage";

    /// <summary>Folder of the event log and the catalogue log. Default <c>data/inference</c> below the current folder.</summary>
    [Required(ErrorMessage = "Storage:Directory must name a folder")]
    public string Directory { get; set; } = "data/inference";

    /// <summary>Longest event log, in bytes; events beyond are refused with RESOURCE_EXHAUSTED. Range 1 MiB to 1 PiB, default 64 GiB.</summary>
    [Range(1L << 20, 1L << 50)]
    public long EventBytesMax { get; set; } = 64L << 30;

    /// <summary>Event ids that are remembered to recognise duplicates, the newest ones; about 80 bytes each. Range 1,000 to 1e9, default 5,000,000.</summary>
    [Range(1_000, 1_000_000_000)]
    public int EventIdsMax { get; set; } = 5_000_000;

    /// <summary>Portions of events (up to 1,000 each) that may wait for the disk. Range 1 to 10,000, default 64.</summary>
    [Range(1, 10_000)]
    public int EventQueueMax { get; set; } = 64;

    /// <summary>Longest wait for a place in that queue before RESOURCE_EXHAUSTED. Range 10 ms to 1 min, default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan EventQueueWait { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Erasures of learners that are remembered; about 150 bytes each. Range 1,000 to 1e8, default 1,000,000; further ones are refused with RESOURCE_EXHAUSTED.</summary>
    [Range(1_000, 100_000_000)]
    public int ErasuresMax { get; set; } = 1_000_000;

    /// <summary>File of the key under which erased learners are recognised, 32 bytes. Replicas that share a Redis must share it. Default empty: <c>erasure.key</c> in <see cref="Directory"/>, made at the first start.</summary>
    public string ErasureKeyPath { get; set; } = "";

    /// <summary>How often erasures of other replicas are looked for. Range 100 ms to 1 min, default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    public TimeSpan ErasurePoll { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Works in the catalogue. Range 1 to 10,000,000, default 1,000,000; upserts beyond are refused with RESOURCE_EXHAUSTED.</summary>
    [Range(1, 10_000_000)]
    public int WorksMax { get; set; } = 1_000_000;

    /// <summary>Longest catalogue log, in bytes; writes beyond are refused with RESOURCE_EXHAUSTED. Range 1 KiB to 1 PiB, default 4 GiB.</summary>
    [Range(1L << 10, 1L << 50)]
    public long CatalogBytesMax { get; set; } = 4L << 30;

    /// <summary>Catalogue writes whose idempotency keys are remembered, the newest ones. Range 1 to 1,000,000, default 10,000.</summary>
    [Range(1, 1_000_000)]
    public int CatalogKeysMax { get; set; } = 10_000;
}

/// <summary>Source-generated check of <see cref="StorageOptions"/>.</summary>
[OptionsValidator]
internal sealed partial class StorageOptionsValidator : IValidateOptions<StorageOptions>;
