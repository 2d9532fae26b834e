using System.ComponentModel.DataAnnotations;

using Microsoft.Extensions.Options;

namespace KpGrpc.LedgerServer.Witnessing;

/// <summary>
/// Witnessing of other organisations' logs (c2sp.org/tlog-witness): this server cosigns their checkpoints once it has
/// seen that each continues the one before. Section <c>Witness</c>.
/// </summary>
public sealed class WitnessOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string SectionName = "Witness";

    /// <summary>File of the witness's key, mode 0600, made by the verb <c>make-key</c>. Empty (default) witnesses nothing.</summary>
    public string KeyPath { get; set; } = string.Empty;

    /// <summary>Folder of what was cosigned last; never lose it while the key is used. Default data/witness.</summary>
    [Required]
    public string StateDirectory { get; set; } = "data/witness";

    /// <summary>C2SP verifier keys of the logs that are witnessed, at most 1,000; others are answered 404. Default none.</summary>
    [MaxLength(1_000)]
    public IList<string> Logs { get; set; } = [];
}

/// <summary>Source-generated check of <see cref="WitnessOptions"/>.</summary>
[OptionsValidator]
internal sealed partial class WitnessOptionsValidator : IValidateOptions<WitnessOptions>;
