using KpGrpc.InferenceServer.Batching;
using KpGrpc.InferenceServer.Import;
using KpGrpc.InferenceServer.Models.Tagging.Checkpoints;
using KpGrpc.InferenceServer.Models.Tagging.Tokens;
using KpGrpc.InferenceServer.Registry;
using KpGrpc.InferenceServer.Torch;
using KpGrpc.InferenceServer.Torch.Safetensors;

namespace KpGrpc.InferenceServer.Models.Tagging.Serving;

/// <summary>Reads versions of the profile tagger: checkpoint folders of Hugging Face with a card.</summary>
internal sealed class TaggerLoader(TorchRuntime torch) : IModelLoader
{
    /// <summary>The kind in cards.</summary>
    public const string KindName = "bert-tagger";

    /// <inheritdoc />
    public string Kind => KindName;

    /// <inheritdoc />
    public IServedModel Load(ModelFolder folder, LoadPlan plan)
    {
        var runners = new List<TaggerRunner>();
        try
        {
            var device = torch.DeviceFor(plan.Device);
            for (var instance = 0; instance < plan.Instances; instance++)
            {
                runners.Add(new TaggerRunner(TaggerFolder.Read(folder.Path, device)));
            }

            var tokenizer = runners[0].Model.Tokenizer;
            var batcher = new Batcher<TokenizedText, TagReply>($"{folder.Card.Name}/{folder.Card.Version}", runners, plan.Batching, plan.Telemetry, plan.Time);
            return new BatchedModel<TokenizedText, TagReply>(batcher, new TaggerCodec(tokenizer), device.ToString(), tokenizer);
        }
        catch (Exception failure) when (failure is ImportException or SafetensorsException or TorchUnavailableException)
        {
            runners.ForEach(runner => runner.Dispose());
            throw new ModelFaultException(failure.Message, failure);
        }
    }
}
