using System.ComponentModel.DataAnnotations;

using Microsoft.Extensions.Options;

namespace KpGrpc.Gateway.Auditing;

/// <summary>Where it is kept who wrote what. Section <c>Audit</c>.</summary>
internal sealed class AuditOptions
{
    public const string SectionName = "Audit";

    /// <summary>File of the log, JSON Lines; empty keeps none. Default <c>data/gateway/audit.jsonl</c>.</summary>
    public string Path { get; set; } = "data/gateway/audit.jsonl";

    /// <summary>Bytes of a file, after which it is put aside as <c>PATH.1</c>, the one before as <c>PATH.2</c> and so on. Range 64 KiB to 4 GiB, default 64 MiB.</summary>
    [Range(65_536, 4_294_967_296)]
    public long FileBytesMax { get; set; } = 64L << 20;

    /// <summary>Files put aside that are kept; the oldest goes. Range 1 to 1,000, default 16.</summary>
    [Range(1, 1_000)]
    public int FilesMax { get; set; } = 16;

    /// <summary>Lines that wait for the disk at most; a write beyond waits for its line. Range 16 to 1,000,000, default 4,096.</summary>
    [Range(16, 1_000_000)]
    public int QueueMax { get; set; } = 4_096;
}

/// <summary>Source-generated check of <see cref="AuditOptions"/>.</summary>
[OptionsValidator]
internal sealed partial class AuditOptionsValidator : IValidateOptions<AuditOptions>;
