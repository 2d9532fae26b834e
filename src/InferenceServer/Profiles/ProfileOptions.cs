using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace KpGrpc.InferenceServer.Profiles;

/// <summary>How profiles are computed (section <c>Profiles</c>).</summary>
internal sealed class ProfileOptions
{
    /// <summary>The section's name in configuration.</summary>
    public const string SectionName = "Profiles";

    /// <summary>After this time an event counts half. Range 1 hour to 10 years, default 30 days.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "3650.00:00:00")]
    public TimeSpan HalfLife { get; set; } = TimeSpan.FromDays(30);
}

/// <summary>Source-generated check of <see cref="ProfileOptions"/>.</summary>
[OptionsValidator]
internal sealed partial class ProfileOptionsValidator : IValidateOptions<ProfileOptions>;
