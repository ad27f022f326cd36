namespace EdgeSplit.Core.Wireless.Transport;

/// <content>The closed forms of the law: what long and short runs of packets show.</content>
public sealed partial record GilbertElliottLoss
{
    /// <summary>Stationary probability of the bad state: p/(p + r).</summary>
    public double BadStateProbability => GoodToBadProbability / (GoodToBadProbability + BadToGoodProbability);

    /// <inheritdoc/>
    /// <remarks>The loss probabilities of the states, weighted with the stationary probabilities of the states.</remarks>
    public double LossProbability =>
        ((GoodLossProbability * BadToGoodProbability) + (BadLossProbability * GoodToBadProbability)) / (GoodToBadProbability + BadToGoodProbability);

    /// <summary>Memory of the chain, lambda = 1 - p - r, in [-1, 1]: the correlation of the states of neighbouring packets.</summary>
    public double Memory => 1 - GoodToBadProbability - BadToGoodProbability;

    /// <summary>Mean number of packets that a bad state lasts: 1/r; positive infinity where r is 0.</summary>
    public double MeanBadSojournPackets => 1 / BadToGoodProbability;

    /// <summary>Mean number of packets that a good state lasts: 1/p; positive infinity where p is 0.</summary>
    public double MeanGoodSojournPackets => 1 / GoodToBadProbability;

    /// <summary>Mean length of a burst, a run of lost packets between two that arrive, packets: 1/r where the bad state loses all and the good state nothing.</summary>
    /// <remarks>0 where nothing is ever lost, positive infinity where everything is.</remarks>
    public double MeanBurstPackets => LossProbability > 0 ? LossProbability / BurstStart().Total : 0;

    /// <summary>How much burstiness raises the variance of the number of losses in a long run, over that of independent loss: (1 + lambda)/(1 - lambda) in the simple case.</summary>
    /// <remarks>The number lost of N packets has the variance N L (1 - L) times this, for N far above 1/(1 - |lambda|). 1 where nothing or everything is lost.</remarks>
    public double VarianceFactor => 1 + (2 * CorrelationScale() * Memory / (GoodToBadProbability + BadToGoodProbability));

    /// <summary>Correlation of the losses of two packets that are some packets apart: lambda^k in the simple case.</summary>
    /// <param name="lagPackets">Distance k, packets, at least 0.</param>
    /// <returns>A number of [-1, 1]; 1 at distance 0, and 0 beyond it where nothing or everything is lost.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The distance is negative.</exception>
    public double Autocorrelation(int lagPackets) =>
        Guard.AtLeast(lagPackets, 0) == 0 ? 1 : CorrelationScale() * Math.Pow(Memory, lagPackets);

    /// <summary>Probability that a burst has a length: r (1 - r)^(n - 1) in the simple case.</summary>
    /// <param name="packets">Length n, packets, at least 1.</param>
    /// <returns>The probability, in [0, 1]; 0 where bursts do not occur or never end.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The length is below 1.</exception>
    public double BurstLengthProbability(int packets)
    {
        Guard.AtLeast(packets, 1);
        var start = BurstStart();
        if (!(start.Total > 0))
        {
            return 0;
        }

        var (good, bad) = Propagate((start.Good, start.Bad), GoodLossProbability, BadLossProbability, packets - 1);
        var (nextGood, nextBad) = Step((good, bad));
        return ((nextGood * (1 - GoodLossProbability)) + (nextBad * (1 - BadLossProbability))) / start.Total;
    }

    /// <summary>Probability that all packets of a message arrive, the first of them at the stationary law: pi_G (1 - p)^(n - 1) in the simple case.</summary>
    /// <param name="packets">Number of packets n, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    public double AllArriveProbability(int packets)
    {
        if (Guard.AtLeast(packets, 0) == 0)
        {
            return 1;
        }

        var bad = BadStateProbability;
        var (goodArrives, badArrives) = (1 - GoodLossProbability, 1 - BadLossProbability);
        var start = (GoodStateProbability * goodArrives, bad * badArrives);
        var (good, stillBad) = Propagate(start, goodArrives, badArrives, packets - 1);
        return good + stillBad;
    }

    private double GoodStateProbability => BadToGoodProbability / (GoodToBadProbability + BadToGoodProbability);

    /// <summary>What the variance of the state contributes to the variance of the loss, in [0, 1]; 1 in the simple case.</summary>
    private double CorrelationScale()
    {
        var loss = LossProbability;
        var difference = BadLossProbability - GoodLossProbability;
        var variance = loss * (1 - loss);
        return variance > 0 ? difference * difference * BadStateProbability * GoodStateProbability / variance : 0;
    }

    /// <summary>Probability that a packet is the first of a burst, by its state.</summary>
    private (double Good, double Bad, double Total) BurstStart()
    {
        var (good, bad) = Step((GoodStateProbability * (1 - GoodLossProbability), BadStateProbability * (1 - BadLossProbability)));
        return (good * GoodLossProbability, bad * BadLossProbability, (good * GoodLossProbability) + (bad * BadLossProbability));
    }

    private (double Good, double Bad) Step((double Good, double Bad) state) => (
        (state.Good * (1 - GoodToBadProbability)) + (state.Bad * BadToGoodProbability),
        (state.Good * GoodToBadProbability) + (state.Bad * (1 - BadToGoodProbability)));

    /// <summary>Moves a weight of each state on by some packets, each of which keeps a share by its state. By squaring, so long messages cost little.</summary>
    private (double Good, double Bad) Propagate((double Good, double Bad) state, double goodShare, double badShare, int packets)
    {
        var (goodGood, goodBad) = ((1 - GoodToBadProbability) * goodShare, GoodToBadProbability * badShare);
        var (badGood, badBad) = (BadToGoodProbability * goodShare, (1 - BadToGoodProbability) * badShare);
        for (; packets > 0; packets >>= 1)
        {
            if ((packets & 1) != 0)
            {
                state = ((state.Good * goodGood) + (state.Bad * badGood), (state.Good * goodBad) + (state.Bad * badBad));
            }

            (goodGood, goodBad, badGood, badBad) = (
                (goodGood * goodGood) + (goodBad * badGood), (goodGood * goodBad) + (goodBad * badBad),
                (badGood * goodGood) + (badBad * badGood), (badGood * goodBad) + (badBad * badBad));
        }

        return state;
    }
}
