using System.ComponentModel.DataAnnotations;

using Microsoft.Extensions.Options;

namespace KpGrpc.Gateway.WebConsole;

/// <summary>The page for people at <c>/</c>. Section <c>Gateway:Console</c>.</summary>
public sealed class ConsoleOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string SectionName = "Gateway:Console";

    /// <summary>Whether the console, <c>/docs</c> and <c>/openapi.json</c> are served. Default true.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>
    /// Folder with the built console, up to 64 files and 4 MiB. Default <c>console</c>; a relative one is beside the program,
    /// where the build puts what build/console.sh made. Where it is not there, <c>/</c> says how to build it.
    /// </summary>
    [Required(ErrorMessage = "Gateway:Console:Directory must name a folder, such as console")]
    public string Directory { get; set; } = "console";
}

/// <summary>Source-generated check of <see cref="ConsoleOptions"/>.</summary>
[OptionsValidator]
internal sealed partial class ConsoleOptionsValidator : IValidateOptions<ConsoleOptions>;
