using KpGrpc.InferenceServer.Registry;
using KpGrpc.InferenceServer.Registry.Serving;

namespace KpGrpc.InferenceServer.Services.Inferring;

/// <summary>A model as the Open Inference Protocol sees it. Dispose when the request is answered.</summary>
/// <param name="Name">Model.</param>
/// <param name="Version">The version that answers.</param>
/// <param name="Model">What is asked.</param>
/// <param name="Kind">What executes it.</param>
/// <param name="Lease">Keeps it in memory; null for one that always is.</param>
internal sealed record OpenModel(string Name, string Version, IServedModel Model, string Kind, ModelLease? Lease) : IDisposable
{
    /// <inheritdoc />
    public void Dispose() => Lease?.Dispose();
}
