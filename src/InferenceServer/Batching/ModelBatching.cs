using KpGrpc.InferenceServer.Torch;
using Microsoft.Extensions.Options;
using TorchSharp;

namespace KpGrpc.InferenceServer.Batching;

/// <summary>
/// Batching options of one model, by its name: section <c>Batching</c>, and what <c>Batching:Models:NAME</c> says otherwise.
/// </summary>
/// <param name="configuration">The server's configuration.</param>
/// <param name="services">Asked for the device once a model is loaded.</param>
internal sealed class ModelBatching(IConfiguration configuration, IServiceProvider services) : IConfigureNamedOptions<BatchingOptions>
{
    private const int AutomaticMax = 4;

    /// <inheritdoc />
    public void Configure(string? name, BatchingOptions options)
    {
        if (!string.IsNullOrEmpty(name))
        {
            var section = configuration.GetSection(BatchingOptions.SectionName);
            section.Bind(options);
            section.GetSection($"Models:{name}").Bind(options);
            options.Instances = options.Instances > 0 ? options.Instances : Automatic();
        }
    }

    /// <inheritdoc />
    public void Configure(BatchingOptions options) => Configure(Options.DefaultName, options);

    // Threads that share an operation wait for each other: where other work comes between, one thread an instance loses nothing.
    private int Automatic() =>
        services.GetRequiredService<TorchRuntime>().Device.type == DeviceType.CUDA ? 1 : Math.Min(Environment.ProcessorCount, AutomaticMax);
}
