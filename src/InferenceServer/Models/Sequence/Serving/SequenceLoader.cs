using KpGrpc.InferenceServer.Batching;
using KpGrpc.InferenceServer.Registry;
using KpGrpc.InferenceServer.Torch;
using KpGrpc.InferenceServer.Torch.Safetensors;

namespace KpGrpc.InferenceServer.Models.Sequence.Serving;

/// <summary>Reads versions of the transformer recommender. Its instances share one copy of the weights.</summary>
internal sealed class SequenceLoader(TorchRuntime torch) : IModelLoader
{
    /// <summary>The kind in cards.</summary>
    public const string KindName = "sequence-transformer";

    /// <inheritdoc />
    public string Kind => KindName;

    /// <inheritdoc />
    public IServedModel Load(ModelFolder folder, LoadPlan plan)
    {
        SequenceModel model;
        try
        {
            model = SequenceModelFile.Load(folder.Path, torch.DeviceFor(plan.Device));
        }
        catch (Exception failure) when (failure is SequenceModelException or SafetensorsException or TorchUnavailableException)
        {
            throw new ModelFaultException(failure.Message, failure);
        }

        var shared = new SharedSequenceModel(model, plan.Instances);
        var runners = Enumerable.Range(0, plan.Instances).Select(_ => new SequenceRunner(shared)).ToList();
        var batcher = new Batcher<SequenceRequest, SequenceReply>($"{folder.Card.Name}/{folder.Card.Version}", runners, plan.Batching, plan.Telemetry, plan.Time);
        return new BatchedModel<SequenceRequest, SequenceReply>(batcher, new SequenceCodec(model), model.Network.Items.device.ToString(), model);
    }
}
