using KpGrpc.InferenceServer.Recommending.Content;

namespace KpGrpc.InferenceServer.Tests.Recommending.Content;

public sealed class ColdNeighboursTests
{
    private static readonly ColdNeighbours Neighbours = ColdNeighbours.Of(
        new Dictionary<int, IReadOnlyList<(int Row, float Likeness)>>
        {
            [5] = [(0, 0.9f), (1, 0.3f)],
            [4] = [(1, 0.5f)],
            [6] = [],
            [9] = [(0, 1f)],
        },
        width: 3);

    [Fact]
    public void Score_ColdRows_FollowsTheirNeighboursAndStaysBelowTheNearest()
    {
        float[] scores = [2, 1, 3, 0, 0, 0, 0];

        Neighbours.Score(scores); // row 9 lies beyond this catalogue

        Assert.Equal(0.8f * 0.9f * ((0.9f * 2) + (0.3f * 1)) / 1.2f, scores[5], 1e-5f);
        Assert.Equal(0.8f * 0.5f, scores[4], 1e-5f);
        Assert.Equal([2, 1, 3, 0], scores[..4]);
        Assert.Equal(0, scores[6]);
    }

    [Fact]
    public void Score_ARowThatTheModelScored_IsLeftAsItIs()
    {
        float[] scores = [2, 1, 0, 0, 7, 0, 0];

        Neighbours.Score(scores);

        Assert.Equal(7, scores[4]);
    }

    [Fact]
    public void CarrierOf_ARow_IsTheNeighbourThatGivesMost()
    {
        float[] scores = [1, 5, 0, 0, 0, 0, 0];

        Assert.Equal((1, 1, -1, -1), (Neighbours.CarrierOf(5, scores), Neighbours.CarrierOf(4, scores), Neighbours.CarrierOf(6, scores), Neighbours.CarrierOf(0, scores)));
        Assert.Equal((3, true, false), (Neighbours.Count, Neighbours.Contains(9), Neighbours.Contains(6)));
    }
}
