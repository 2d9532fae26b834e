using KpGrpc.InferenceServer.Events;
using KpGrpc.InferenceServer.Recommending;
using KpGrpc.InferenceServer.Registry.Serving;
using KpGrpc.InferenceServer.Services.Translation;
using KpGrpc.InferenceServer.Torch;
using KpGrpc.Protos.Model.V1;
using KpGrpc.ServiceDefaults.Validation;

namespace KpGrpc.InferenceServer.Services.Models;

/// <summary>All versions of all models as the contract lists them: the registry's and the counts model.</summary>
internal sealed class ModelListing(ModelCatalog catalog, CountsTraining training, EventRecorder recorder, TorchRuntime torch)
{
    /// <summary>A page of them.</summary>
    public ListModelsResponse Page(ListModelsRequest request)
    {
        var faults = new FieldViolations();
        var size = faults.PageSize("page_size", (int)Math.Min(request.PageSize, int.MaxValue));
        faults.Require(Enum.IsDefined(request.Task), "task", "must be one of the contract's");
        faults.Require(Enum.IsDefined(request.State), "state", "must be one of the contract's");
        var after = ModelPageToken.Parse(faults, request);
        faults.ThrowIfAny();

        var wanted = All().Where(model =>
            (request.Name.Length == 0 || request.Name == model.Ref.Name)
            && (request.Task == ModelTask.Unspecified || request.Task == model.Task)
            && (request.State == ModelState.Unspecified || request.State == model.State)).ToList();
        var from = after is null ? 0 : wanted.FindIndex(model => model.Ref.Name == after.Name && model.Ref.Version == after.Version) + 1;
        var answer = new ListModelsResponse { Models = { wanted.Skip(from).Take(size) } };
        answer.NextPageToken = from + size < wanted.Count ? ModelPageToken.Of(request, answer.Models[^1].Ref).Text : "";
        return answer;
    }

    private IEnumerable<ModelVersion> All()
    {
        var counts = ModelTranslation.ToProto(training.Current, training.IsReady, recorder.Recorded, torch.Description);
        return catalog.List().Select(VersionTranslation.ToProto).Append(counts).OrderBy(model => model.Ref.Name, StringComparer.Ordinal); // stable
    }
}
