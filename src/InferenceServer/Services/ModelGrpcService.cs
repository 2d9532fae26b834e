using Grpc.Core;
using KpGrpc.InferenceServer.Events;
using KpGrpc.InferenceServer.Recommending;
using KpGrpc.InferenceServer.Services.Translation;
using KpGrpc.InferenceServer.Torch;
using KpGrpc.Protos.Model.V1;
using KpGrpc.ServiceDefaults.Validation;

namespace KpGrpc.InferenceServer.Services;

/// <summary>Lists the counts model; the life of trained models comes later and answers UNIMPLEMENTED.</summary>
internal sealed class ModelGrpcService(CountsTraining training, EventRecorder recorder, TorchRuntime torch) : ModelService.ModelServiceBase
{
    /// <inheritdoc />
    public override Task<ListModelsResponse> ListModels(ListModelsRequest request, ServerCallContext context)
    {
        var faults = new FieldViolations();
        _ = faults.PageSize("page_size", (int)Math.Min(request.PageSize, int.MaxValue));
        faults.Require(request.PageToken.Length == 0, "page_token", "must be next_page_token of the page before; there was only one page");
        faults.Require(Enum.IsDefined(request.Task), "task", "must be one of the contract's");
        faults.Require(Enum.IsDefined(request.State), "state", "must be one of the contract's");
        faults.ThrowIfAny();

        var counts = ModelTranslation.ToProto(training.Current, training.IsReady, recorder.Recorded, torch.Description);
        var wanted = (request.Name.Length == 0 || request.Name == counts.Ref.Name)
            && (request.Task == ModelTask.Unspecified || request.Task == counts.Task)
            && (request.State == ModelState.Unspecified || request.State == counts.State);
        return Task.FromResult(wanted ? new ListModelsResponse { Models = { counts } } : new ListModelsResponse());
    }
}
