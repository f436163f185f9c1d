//! Order in short lists.

use std::cmp::Ordering;

/// Sorts a short list by insertion; equal elements keep their order. The time grows with the square of the length,
/// but there is far less code of it for each type than of the sort of the standard library.
pub(crate) fn sort_few<T>(items: &mut [T], mut order: impl FnMut(&T, &T) -> Ordering) {
    for end in 1..items.len() {
        let mut place = end;
        while place > 0 && order(&items[place - 1], &items[place]).is_gt() {
            items.swap(place - 1, place);
            place -= 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::sort_few;

    #[test]
    fn equal_elements_keep_their_order() {
        let mut items = [(2, 'a'), (1, 'b'), (2, 'c'), (1, 'd'), (0, 'e')];
        sort_few(&mut items, |one, other| one.0.cmp(&other.0));
        assert_eq!(items, [(0, 'e'), (1, 'b'), (1, 'd'), (2, 'a'), (2, 'c')]);
    }
}
