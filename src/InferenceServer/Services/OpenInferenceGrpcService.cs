using Grpc.Core;
using KpGrpc.InferenceServer.Recommending;
using KpGrpc.InferenceServer.Services.Translation;
using KpGrpc.Protos.Inference;

namespace KpGrpc.InferenceServer.Services;

/// <summary>The part of the Open Inference Protocol v2 that asks for state; tensors come with the trained models and answer UNIMPLEMENTED.</summary>
internal sealed class OpenInferenceGrpcService(CountsTraining training) : GRPCInferenceService.GRPCInferenceServiceBase
{
    /// <inheritdoc />
    public override Task<ServerLiveResponse> ServerLive(ServerLiveRequest request, ServerCallContext context) =>
        Task.FromResult(new ServerLiveResponse { Live = true });

    /// <inheritdoc />
    public override Task<ServerReadyResponse> ServerReady(ServerReadyRequest request, ServerCallContext context) =>
        Task.FromResult(new ServerReadyResponse { Ready = training.IsReady });

    /// <inheritdoc />
    public override Task<ModelReadyResponse> ModelReady(ModelReadyRequest request, ServerCallContext context) =>
        Task.FromResult(new ModelReadyResponse
        {
            Ready = training.IsReady && request.Name == ModelTranslation.CountsName
                && (request.Version.Length == 0 || request.Version == training.Current.Version),
        });

    /// <inheritdoc />
    public override Task<ServerMetadataResponse> ServerMetadata(ServerMetadataRequest request, ServerCallContext context) =>
        Task.FromResult(new ServerMetadataResponse
        {
            Name = "kpgrpc-inference",
            Version = typeof(OpenInferenceGrpcService).Assembly.GetName().Version?.ToString(3) ?? "",
        });
}
