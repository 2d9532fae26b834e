using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace KpGrpc.InferenceServer.Histories;

/// <summary>How much is kept online of a learner (section <c>Histories</c>).</summary>
internal sealed class HistoryOptions
{
    /// <summary>The section's name in configuration.</summary>
    public const string SectionName = "Histories";

    /// <summary>Events kept a learner, the newest ones, and as many works that she was shown. Range 10 to 100,000, default 1,000. Training reads the event log and loses none.</summary>
    [Range(10, 100_000)]
    public int EventsMax { get; set; } = 1_000;

    /// <summary>Works kept a learner as taken up, given back or hidden, the newest ones. Range 100 to 1,000,000, default 10,000.</summary>
    [Range(100, 1_000_000)]
    public int MarksMax { get; set; } = 10_000;

    /// <summary>Texts of her own kept a learner, the newest ones. Range 1 to 1,000, default 20.</summary>
    [Range(1, 1_000)]
    public int TextsMax { get; set; } = 20;

    /// <summary>A history without a new event is dropped after this. Range 1 day to 10 years, default 730 days.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "3650.00:00:00")]
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(730);
}

/// <summary>Source-generated check of <see cref="HistoryOptions"/>.</summary>
[OptionsValidator]
internal sealed partial class HistoryOptionsValidator : IValidateOptions<HistoryOptions>;
