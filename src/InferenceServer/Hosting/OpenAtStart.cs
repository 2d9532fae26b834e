using KpGrpc.InferenceServer.Catalog;
using KpGrpc.InferenceServer.Torch;
using KpGrpc.ServiceDefaults.Hosting;

namespace KpGrpc.InferenceServer.Hosting;

/// <summary>Loads libtorch and opens the catalogue before the server listens, so that what is wrong with them stops the start.</summary>
internal sealed class OpenAtStart(IServiceProvider services) : IHostedService
{
    /// <inheritdoc />
    public Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            services.GetRequiredService<TorchRuntime>();
        }
        catch (TorchUnavailableException failure)
        {
            throw new StartupException(failure.Message, failure);
        }

        services.GetRequiredService<WorkStore>();
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
