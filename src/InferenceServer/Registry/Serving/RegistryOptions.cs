using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace KpGrpc.InferenceServer.Registry.Serving;

/// <summary>Where versions lie and how many are kept in memory (section <c>Registry</c>).</summary>
internal sealed class RegistryOptions
{
    /// <summary>The section's name in configuration.</summary>
    public const string SectionName = "Registry";

    /// <summary>Folder of the published versions, <c>NAME/VERSION/</c> below it. Default <c>models</c> below the current folder.</summary>
    [Required(ErrorMessage = "Registry:Directory must name a folder")]
    public string Directory { get; set; } = "models";

    /// <summary>Versions in memory, of all models together. Range 1 to 1,000, default 16.</summary>
    [Range(1, 1_000)]
    public int LoadedMax { get; set; } = 16;

    /// <summary>Versions that wait to be loaded or unloaded; those beyond are refused. Range 1 to 1,000, default 16.</summary>
    [Range(1, 1_000)]
    public int WaitingMax { get; set; } = 16;

    /// <summary>Copies for shadow versions that wait; those beyond are dropped. Range 1 to 100,000, default 256.</summary>
    [Range(1, 100_000)]
    public int ShadowQueueMax { get; set; } = 256;

    /// <summary>Copies that shadow versions compute at a time. Range 1 to 4,096, default 32.</summary>
    [Range(1, 4_096)]
    public int ShadowConcurrency { get; set; } = 32;

    /// <summary>Commands whose idempotency keys are remembered, the newest ones, until the server stops. Range 1 to 1,000,000, default 10,000.</summary>
    [Range(1, 1_000_000)]
    public int KeysMax { get; set; } = 10_000;
}

/// <summary>Source-generated check of <see cref="RegistryOptions"/>.</summary>
[OptionsValidator]
internal sealed partial class RegistryOptionsValidator : IValidateOptions<RegistryOptions>;
