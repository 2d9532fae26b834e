using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace KpGrpc.InferenceServer.Recommending;

/// <summary>When the counts model is trained anew from the event log (section <c>CountsTraining</c>).</summary>
internal sealed class TrainingOptions
{
    /// <summary>The section's name in configuration.</summary>
    public const string SectionName = "CountsTraining";

    /// <summary>New events that start a training once they stop coming for <see cref="Quiet"/>. Range 1 to 1e9, default 1,000.</summary>
    [Range(1, 1_000_000_000)]
    public long NewEvents { get; set; } = 1_000;

    /// <summary>How long no event must have come, so that an import is trained on once and whole. Range 0 to 1 min, default 1 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan Quiet { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>With any new event at all, a training at least this often. Range 1 s to 1 day, default 10 min.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan Interval { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Interactions trained on, the newest ones; 16 bytes each while training. Range 1,000 to 1e9, default 20,000,000.</summary>
    [Range(1_000, 1_000_000_000)]
    public int InteractionsMax { get; set; } = 20_000_000;
}

/// <summary>Source-generated check of <see cref="TrainingOptions"/>.</summary>
[OptionsValidator]
internal sealed partial class TrainingOptionsValidator : IValidateOptions<TrainingOptions>;
