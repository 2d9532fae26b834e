using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace KpGrpc.InferenceServer.Torch;

/// <summary>How the native side of TorchSharp is found and which device runs the models (section <c>Torch</c>).</summary>
internal sealed class TorchOptions
{
    /// <summary>The section's name in configuration.</summary>
    public const string SectionName = "Torch";

    /// <summary>
    /// Folder of an installed libtorch or PyTorch (its <c>lib</c> folder), loaded before the package's own.
    /// Default empty: the libtorch that came with the build. Its version must be the one that TorchSharp was built for (2.10),
    /// and the server must have been built without a libtorch of its own (<c>-p:TorchBackend=none</c>).
    /// </summary>
    [MaxLength(4096)]
    public string LibraryPath { get; set; } = "";

    /// <summary>
    /// Folder for the adapted copy of <c>libLibTorchSharp.so</c> that an older libstdc++ needs (4 MB, made once).
    /// Default empty: <c>$XDG_CACHE_HOME/kpgrpc</c>, or <c>~/.cache/kpgrpc</c>.
    /// </summary>
    [MaxLength(4096)]
    public string CachePath { get; set; } = "";

    /// <summary>Which device runs the models: <c>auto</c> (default: CUDA when there is one, else CPU), <c>cpu</c> or <c>cuda</c>.</summary>
    [RegularExpression("auto|cpu|cuda")]
    public string Device { get; set; } = "auto";

    /// <summary>
    /// Threads that one operation on the processor is shared among. Range 0 to 1,024, default 0: one in a server, whose
    /// models have an instance a core; libtorch's choice, one a core, in a verb.
    /// </summary>
    [Range(0, 1_024)]
    public int Threads { get; set; }
}

/// <summary>Source-generated check of <see cref="TorchOptions"/>.</summary>
[OptionsValidator]
internal sealed partial class TorchOptionsValidator : IValidateOptions<TorchOptions>;
