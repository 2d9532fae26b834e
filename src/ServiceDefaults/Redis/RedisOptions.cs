using System.ComponentModel.DataAnnotations;

using Microsoft.Extensions.Options;

namespace KpGrpc.ServiceDefaults.Redis;

/// <summary>Where the shared online state (histories, profile cache) lives. Section <c>Redis</c>.</summary>
public sealed class RedisOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string SectionName = "Redis";

    /// <summary>
    /// StackExchange.Redis connection string, single server, sentinel or cluster. Default empty: the process starts an
    /// embedded Redis-compatible server (Garnet) of its own.
    /// </summary>
    public string ConnectionString { get; set; } = string.Empty;

    /// <summary>Loopback port of the embedded server. Range 0 to 65535, default 0: any free port.</summary>
    [Range(0, 65_535)]
    public int EmbeddedPort { get; set; }

    /// <summary>Folder of the embedded server's append-only file. Default <c>data/redis</c> under the working folder.</summary>
    [Required(ErrorMessage = "Redis:EmbeddedDirectory must name a folder")]
    public string EmbeddedDirectory { get; set; } = "data/redis";

    /// <summary>Memory of the embedded server's main log, in MiB. Range 16 to 65536, default 256. Older records go to disk.</summary>
    [Range(16, 65_536)]
    public int EmbeddedMemoryMebibytes { get; set; } = 256;

    /// <summary>Longest wait for one Redis command. Range 10 ms to 1 min, default 2 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan CommandTimeout { get; set; } = TimeSpan.FromSeconds(2);
}

/// <summary>Source-generated check of <see cref="RedisOptions"/>.</summary>
[OptionsValidator]
internal sealed partial class RedisOptionsValidator : IValidateOptions<RedisOptions>;
