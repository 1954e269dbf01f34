// SPDX-License-Identifier: EUPL-1.2
// An answer of `match` with types made of its schema: npm install && npm run java
import java.util.Map;
import java.util.stream.Collectors;
import nl.example.passend.MatchAnswer;
import nl.example.passend.MatchElement;

public class Best {
    /** The best vacancy of each candidate. */
    static Map<String, MatchElement> best(MatchAnswer answer) {
        return answer.getMatches().stream().filter(line -> line.getRank() == 1)
            .collect(Collectors.toMap(MatchElement::getCandidate, line -> line));
    }
}
