using KpGrpc.InferenceServer.Batching;
using KpGrpc.InferenceServer.Import;
using KpGrpc.InferenceServer.Registry;

namespace KpGrpc.InferenceServer.Models.Propensity.Serving;

/// <summary>Reads versions of boosted trees. Its instances share one copy: a model is immutable.</summary>
internal sealed class PropensityLoader : IModelLoader
{
    /// <summary>The kind in cards.</summary>
    public const string KindName = "boosted-trees";

    private const string Device = "cpu";

    /// <inheritdoc />
    public string Kind => KindName;

    /// <inheritdoc />
    public IServedModel Load(ModelFolder folder, LoadPlan plan)
    {
        PropensityModel model;
        try
        {
            model = PropensityFile.Read(folder.Path);
        }
        catch (ImportException failure)
        {
            throw new ModelFaultException(failure.Message, failure);
        }

        var runners = Enumerable.Range(0, plan.Instances).Select(_ => new PropensityRunner(model)).ToList();
        var batcher = new Batcher<float[], double>($"{folder.Card.Name}/{folder.Card.Version}", runners, plan.Batching, plan.Telemetry, plan.Time);
        return new BatchedModel<float[], double>(batcher, new PropensityCodec(model.Card), Device, model);
    }
}
