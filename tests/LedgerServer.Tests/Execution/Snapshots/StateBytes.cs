using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Execution.Snapshots;

namespace KpGrpc.LedgerServer.Tests.Execution.Snapshots;

/// <summary>States as the bytes of a snapshot.</summary>
internal static class StateBytes
{
    public static byte[] Of(LedgerState state) => Of(StateImage.Capture(state));

    public static byte[] Of(StateImage image)
    {
        using var content = new MemoryStream();
        image.WriteTo(content);
        return content.ToArray();
    }

    /// <summary>A new engine of the test genesis that goes on from the bytes.</summary>
    public static LedgerEngine Load(byte[] bytes)
    {
        var engine = new LedgerEngine(TestLedger.NewGenesis(), new SampleSignatures());
        using var content = new MemoryStream(bytes);
        StateImage.Load(content, engine.State);
        return engine;
    }
}
