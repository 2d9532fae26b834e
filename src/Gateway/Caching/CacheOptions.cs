using System.ComponentModel.DataAnnotations;

using Microsoft.Extensions.Options;

namespace KpGrpc.Gateway.Caching;

/// <summary>What the Gateway keeps in Redis and in memory, and for how long. Section <c>Gateway:Cache</c>.</summary>
public sealed class CacheOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string SectionName = "Gateway:Cache";

    /// <summary>How long a profile is fresh. Range 0 (never cached) to 1 h, default 30 s. An event or purchase that this Gateway records ends it at once.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan ProfileFresh { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long a profile in memory is believed without asking Redis whether an event came at another replica: the bound
    /// of how late a replica learns of it. Range 0 to 1 s, default 500 ms.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:01")]
    public TimeSpan RevalidateAfter { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Profiles kept in memory. Range 0 (none) to 10,000,000, default 100,000.</summary>
    [Range(0, 10_000_000)]
    public int MemoryEntriesMax { get; set; } = 100_000;

    /// <summary>Bytes of profiles kept in memory. Range 0 (none) to 64 GiB, default 128 MiB.</summary>
    [Range(0L, 64L * 1_024 * 1_024 * 1_024)]
    public long MemoryBytesMax { get; set; } = 128L * 1_024 * 1_024;

    /// <summary>How long a profile that nobody reads stays in memory. Range 1 s to 24 h, default 5 min.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan MemoryIdle { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Profiles renewed at a time in the background, in the last fifth of their freshness, before anybody has to wait. Range 0 (never) to 1,024, default 16.</summary>
    [Range(0, 1_024)]
    public int RefreshesMax { get; set; } = 16;

    /// <summary>Longest wait for inference where an older profile can be shown. Range 10 ms to 1 min, default 1 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan StaleAfter { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Learners remembered whose profiles Redis could not be told to end; they are told when it is back. Range 1 to 1,000,000, default 50,000.</summary>
    [Range(1, 1_000_000)]
    public int PendingMax { get; set; } = 50_000;

    /// <summary>How long a profile or feed that is not fresh any more may still be shown while inference is away. Range 1 s to 24 h, default 1 h.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan Stale { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Largest value kept, in bytes. Range 1 KiB to 16 MiB, default 256 KiB. Larger ones are not cached.</summary>
    [Range(1_024, 16 * 1_024 * 1_024)]
    public int ValueBytesMax { get; set; } = 256 * 1_024;

    /// <summary>Longest wait for Redis before the call goes on without it. Range 1 ms to 5 s, default 50 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:00:05")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMilliseconds(50);

    /// <summary>How long Redis is left alone after it failed, so that not every call pays the wait. Range 0 to 1 min, default 1 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan RetryAfter { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Works of the catalogue kept in memory. Range 0 to 1,000,000, default 10,000.</summary>
    [Range(0, 1_000_000)]
    public int WorksMax { get; set; } = 10_000;

    /// <summary>How long a work in memory is believed, its price included; a purchase asks the ledger for the price anyway. Range 0 to 1 h, default 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan WorkFresh { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Works asked for at a time when one answer needs several. Range 1 to 256, default 32.</summary>
    [Range(1, 256)]
    public int WorkFetchesMax { get; set; } = 32;

    /// <summary>How often the list of popular works, shown when inference is away, is renewed. Range 1 s to 1 h, default 1 min.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan PopularRefresh { get; set; } = TimeSpan.FromMinutes(1);
}

/// <summary>Source-generated check of <see cref="CacheOptions"/>.</summary>
[OptionsValidator]
internal sealed partial class CacheOptionsValidator : IValidateOptions<CacheOptions>;
