using System.ComponentModel.DataAnnotations;

using Microsoft.Extensions.Options;

namespace KpGrpc.Gateway.Limits;

/// <summary>How much one caller may ask of the platform. Section <c>Limits</c>. Calls are counted by whole seconds, over all replicas that share a Redis.</summary>
internal sealed class LimitOptions
{
    public const string SectionName = "Limits";

    /// <summary>Calls that one caller may begin in a second. Range 1 to 1,000,000, default 200.</summary>
    [Range(1, 1_000_000)]
    public int CallsPerSecond { get; set; } = 200;

    /// <summary>Calls that a service of the platform, by key or certificate, may begin in a second. Range 1 to 10,000,000, default 100,000.</summary>
    [Range(1, 10_000_000)]
    public int ServiceCallsPerSecond { get; set; } = 100_000;

    /// <summary>Calls that all callers of one organisation together may begin in a second. Range 1 to 10,000,000, default 2,000.</summary>
    [Range(1, 10_000_000)]
    public int OrganizationCallsPerSecond { get; set; } = 2_000;

    /// <summary>Calls of one caller under way at a time on this replica, open streams included. Range 1 to 100,000, default 100.</summary>
    [Range(1, 100_000)]
    public int ConcurrentCalls { get; set; } = 100;

    /// <summary>The same for a service of the platform. Range 1 to 1,000,000, default 10,000.</summary>
    [Range(1, 1_000_000)]
    public int ServiceConcurrentCalls { get; set; } = 10_000;

    /// <summary>Calls under way at a time on this replica, whoever makes them. Range 1 to 1,000,000, default 10,000.</summary>
    [Range(1, 1_000_000)]
    public int ConcurrentCallsMax { get; set; } = 10_000;

    /// <summary>Callers that are told apart at a time; those beyond share one budget. Range 100 to 10,000,000, default 100,000.</summary>
    [Range(100, 10_000_000)]
    public int CallersMax { get; set; } = 100_000;
}

/// <summary>Source-generated check of <see cref="LimitOptions"/>.</summary>
[OptionsValidator]
internal sealed partial class LimitOptionsValidator : IValidateOptions<LimitOptions>;
