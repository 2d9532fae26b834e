using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace KpGrpc.InferenceServer.Training.Orders;

/// <summary>Trainings that are ordered over the network (section <c>Training</c>).</summary>
internal sealed class OrderOptions
{
    /// <summary>The section's name in configuration.</summary>
    public const string SectionName = "Training";

    /// <summary>Folder below which orders name their data. Default empty: only the server's own events can be trained on.</summary>
    [MaxLength(4096)]
    public string DataDirectory { get; set; } = "";

    /// <summary>Reports that wait for a slow caller; older ones are dropped, the last is always told. Range 1 to 10,000, default 256.</summary>
    [Range(1, 10_000)]
    public int ReportsMax { get; set; } = 256;
}

/// <summary>Source-generated check of <see cref="OrderOptions"/>.</summary>
[OptionsValidator]
internal sealed partial class OrderOptionsValidator : IValidateOptions<OrderOptions>;
