using Microsoft.Extensions.Options;

namespace KpGrpc.InferenceServer.Batching;

/// <summary>
/// Batching options of one model, by its name: section <c>Batching</c>, and what <c>Batching:Models:NAME</c> says otherwise.
/// </summary>
internal sealed class ModelBatching(IConfiguration configuration) : IConfigureNamedOptions<BatchingOptions>
{
    /// <inheritdoc />
    public void Configure(string? name, BatchingOptions options)
    {
        if (!string.IsNullOrEmpty(name))
        {
            var section = configuration.GetSection(BatchingOptions.SectionName);
            section.Bind(options);
            section.GetSection($"Models:{name}").Bind(options);
        }
    }

    /// <inheritdoc />
    public void Configure(BatchingOptions options) => Configure(Options.DefaultName, options);
}
