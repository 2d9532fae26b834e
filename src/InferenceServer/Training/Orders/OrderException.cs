namespace KpGrpc.InferenceServer.Training.Orders;

/// <summary>An order that cannot be taken.</summary>
/// <param name="reason">Why, for programs.</param>
/// <param name="subject">Field or resource.</param>
/// <param name="message">The rule and what to do.</param>
internal sealed class OrderException(OrderFault reason, string subject, string message) : Exception(message)
{
    /// <summary>Why, for programs.</summary>
    public OrderFault Reason { get; } = reason;

    /// <summary>Field or resource.</summary>
    public string Subject { get; } = subject;
}
